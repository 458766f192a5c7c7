"""How good is it? Our own graded profiles and pairs, and real occupations, against baselines.

`python -m matcher evaluate` prints the figures. Half of the profiles and pairs serves to develop;
the other half is opened only to report.
"""
