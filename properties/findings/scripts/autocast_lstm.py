"""LSTM under autocast is refused, where oneDNN has no kernel for the dtype."""

import os

os.environ["ONEDNN_MAX_CPU_ISA"] = "AVX2"  # a processor without AVX-512

import torch

lstm, gru, x = torch.nn.LSTM(1, 1), torch.nn.GRU(1, 1), torch.ones(2, 1, 1)
lstm.bfloat16()(x.bfloat16())
lstm.float()
with torch.autocast("cpu", torch.bfloat16):
    gru(x)
    lstm(x)
