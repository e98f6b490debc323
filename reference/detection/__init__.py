"""Detection in one shot: predictions at several scales, and what they lose."""
