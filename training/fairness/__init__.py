"""Fairness: does the model do as well by one group of practices as by another, and what would leaving age out cost?"""
