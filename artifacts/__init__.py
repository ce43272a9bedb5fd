"""Released models, a folder a version (data)."""
