"""The event reader: a small neural model over rows, trained on annotated reports of our own.

Stanza says how the words hang together, the lexicon which of them football uses for what; the
reader weighs both in their context: which words tell an event, who did it, on which side everybody
is, which time belongs to it, and whom "il portoghese" means.
"""
