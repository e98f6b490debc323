"""get_swa_multi_avg_fn refuses buffers of whole numbers: those of BatchNorm."""

import torch
from torch.optim.swa_utils import AveragedModel, get_swa_multi_avg_fn

model = torch.nn.BatchNorm1d(1)
multi_avg_fn = get_swa_multi_avg_fn()
average = AveragedModel(model, multi_avg_fn=multi_avg_fn, use_buffers=True)
average.update_parameters(model)
average.update_parameters(model)
