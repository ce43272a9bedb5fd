"""Reports: self-contained pages of HTML for people."""
