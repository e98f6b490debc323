"""Boxes in images: anchors, overlaps, what they are trained on, and suppression."""
