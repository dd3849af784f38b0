"""The stock screen: what there is, the papers that move it, stock-takes, suppliers."""
