"""The arm that gives out: topic collections, and releases of the training data set."""
