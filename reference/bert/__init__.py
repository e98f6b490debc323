"""What BERT reads, how it is trained before and after, and what it is made of."""
