"""What was made before, kept under a key made of all that it depends on."""
