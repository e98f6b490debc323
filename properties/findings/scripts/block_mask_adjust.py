"""BlockMask._adjust keeps a block of keys that lies behind the last."""

from torch.nn.attention.flex_attention import create_block_mask


def far(b, h, query, key):
    return key - query >= 256


mask = create_block_mask(far, 1, 1, 512, 512, device="cpu")._adjust(384, 384)
blocks = [*mask.kv_num_blocks.flatten(), *mask.full_kv_num_blocks.flatten()]
count = sum(blocks).item()
assert count == 1, f"{count} blocks of 128 by 128, where 1 is right"
