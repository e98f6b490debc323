"""Proposals, pixels and styles: R-CNN, segmentation and style transfer."""
