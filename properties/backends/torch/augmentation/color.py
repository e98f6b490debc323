import torch
from torch import Tensor


def blend(first: Tensor, second: Tensor, share: float) -> Tensor:
    return (share * first + (1 - share) * second).clamp(0, 1)


def adjust_brightness(input: Tensor, *, brightness_factor: float) -> Tensor:
    return (brightness_factor * input).clamp(0, 1)


def rgb_to_grayscale(input: Tensor) -> Tensor:
    red, green, blue = input.unbind(-3)
    return (0.2989 * red + 0.587 * green + 0.114 * blue).unsqueeze(-3)


def adjust_contrast(input: Tensor, *, contrast_factor: float) -> Tensor:
    mean = rgb_to_grayscale(input).mean((-3, -2, -1), keepdim=True)
    return blend(input, mean, contrast_factor)


def adjust_saturation(input: Tensor, *, saturation_factor: float) -> Tensor:
    return blend(input, rgb_to_grayscale(input), saturation_factor)


def rgb_to_hsv(input: Tensor) -> Tensor:
    red, green, blue = input.unbind(-3)
    value, least = input.amax(-3), input.amin(-3)
    spread = value - least
    grey = spread == 0
    spread = torch.where(grey, 1, spread)
    of_red = (green - blue) / spread / 6 + (green < blue).to(input.dtype)
    of_green = (2 + (blue - red) / spread) / 6
    of_blue = (4 + (red - green) / spread) / 6
    hue = torch.where(green == value, of_green, of_blue)
    hue = torch.where(red == value, of_red, hue).masked_fill(grey, 0)
    share = torch.where(grey, 0, spread / torch.where(grey, 1, value))
    return torch.stack([hue, share, value], dim=-3)


def hsv_to_rgb(input: Tensor) -> Tensor:
    hue, share, value = input.unbind(-3)
    shifts = torch.tensor([5, 3, 1], dtype=hue.dtype, device=hue.device)
    k = (6 * hue[..., None, :, :] + shifts[:, None, None]) % 6
    dip = torch.minimum(k, 4 - k).clamp(0, 1)
    return value[..., None, :, :] * (1 - share[..., None, :, :] * dip)


def adjust_hue(input: Tensor, *, hue_factor: float) -> Tensor:
    hue, share, value = rgb_to_hsv(input).unbind(-3)
    return hsv_to_rgb(torch.stack([hue + hue_factor, share, value], dim=-3))
