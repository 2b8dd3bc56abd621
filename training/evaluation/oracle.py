"""Are our reasons right? `shap` computes the same Shapley values from the fitted model itself, not from our tables.

For boosted trees: `TreeExplainer`, interventional, with the reference practices as background. For ridge: the design
columns are linear, so `LinearExplainer` gives each column's value and a feature's is their sum; what a pair adds is
shared half and half in both orders of arrival, worked out here from the fitted products. Both are compared on the
log-odds scale, where Shapley values of the margin are defined; slow, so for tests, benchmarks and reports only.
"""
