"""The labelled seed corpus and the codebook (data)."""
