"""The reference programme, played: « Villes moyennes et transition écologique » (2020).

Public facts are facts; what people say in it is written for the demonstration, and marked so.
"""
