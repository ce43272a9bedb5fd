"""The `tagger` command: arguments, streams, rendering and exit codes; no arithmetic, no label logic."""
