"""BlockMask.sparsity is below 0 where blocks do not divide the lengths."""

from torch.nn.attention.flex_attention import create_block_mask


def causal(b, h, query, key):
    return query >= key


sparsity = create_block_mask(causal, 1, 1, 100, 100, device="cpu").sparsity()
assert sparsity == 0, f"{sparsity} %, where 0 is right: its one block is computed"
