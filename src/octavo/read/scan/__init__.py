"""The parts of the scanner: Pandoc's reading of Markdown, kept to what hides, carries or bounds notes and citations."""
