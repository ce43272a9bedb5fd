"""Training: labelled articles to a model, its evaluation, and what helps to label more."""
