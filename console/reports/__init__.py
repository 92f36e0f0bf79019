"""Reports: what happened on the desk in figures, for people and as data.

Numbers come first: `catalogue.py` names every report, each makes a `Report` of typed cells from the figures of the
desk. Then `forms.py` writes it as a table with plots of block characters, CSV, JSON, Markdown or one HTML file. Every
figure leads to its cases: by a query of the query language where that says the same, else by their numbers. May import
desk and domain; all counting is done in the store, and only over the cases that the person may see.
"""
