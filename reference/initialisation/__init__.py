"""What weights are before they are trained."""
