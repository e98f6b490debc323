"""A part of a BlockMask, of some of the queries, has the length of all."""

from torch.nn.attention.flex_attention import create_block_mask


def causal(b, h, query, key):
    return query >= key


part = create_block_mask(causal, 1, 1, 256, 256, device="cpu")[:, :, :1]
assert part.shape == (1, 1, 128, 256), f"{part.shape}, where 128 queries are right"
