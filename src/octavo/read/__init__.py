"""Files into a Publication, its Chapters and its bibliography."""
