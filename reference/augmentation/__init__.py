"""Augmentation: changes of images, sounds and boxes that keep what they show."""
