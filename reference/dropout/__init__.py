"""Numbers, connections, blocks and regions left out at random; blends."""
