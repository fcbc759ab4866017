"""Makes newsgroup-strip.json: what scikit-learn removes from posts, as headers, footers and quotes, one by one and together.

    python make-newsgroup-strip.py

The posts are written for this purpose; they take each rule to its edges.
"""

import itertools
import json
from pathlib import Path

import sklearn
from sklearn.datasets import _twenty_newsgroups as newsgroups

POSTS = [
    "",
    "\n",
    "\n\n",
    "one line",
    "From: someone\nSubject: a test\n\nThe body.\n",
    "From: someone\nSubject: no body",
    "From: a\n\nBody one.\n\nBody two.\n\n-- \nA signature\nof two lines\n",
    "From: a\n\nBody.\n--\nA signature\n",
    "From: a\n\nBody.\n----------\nA signature\n\n\n",
    "From: a\n\nBody.\n  ---  \nA signature",
    "From: a\n\nBody.\n- - -\nno rule above",
    "From: a\n\nIn article <1@x> b writes:\n> quoted\n>> twice\n| also quoted\nAnswer.\n",
    "From: a\n\nb wrote:\nhe said: nothing\nShe says: yes\nbut he said nothing\nQuoted from somewhere\nIt was Quoted from there\n",
    "From: a\n\nAs c writes in his book\n   > not at the line's start\n In article 5\nEnd",
    "From: a\n\n \x85\nnext line above\n\x1c-\x1d\nlast",
    "From: a\n\n\xa0\nno-break space above\n\n\nlast paragraph\n\n",
    "From: a\r\n\r\nBody with carriage returns\r\n\r\n--\r\nsignature\r\n",
    "From: a\n\n\n\nTwo blank lines first\n-\none hyphen above",
    "\n\nStarts with a blank line\n\n",
    "single paragraph\nof two lines",
    "caf\xe9 \x80 latin\n\nd\xe9j\xe0 vu\n-\xad-\nsoft hyphen above",
]

STEPS = {
    "headers": newsgroups.strip_newsgroup_header,
    "footers": newsgroups.strip_newsgroup_footer,
    "quotes": newsgroups.strip_newsgroup_quoting,
}

cases = []
for post in POSTS:
    for size in range(1, 4):
        for parts in itertools.combinations(STEPS, size):
            text = post
            for part in parts:
                text = STEPS[part](text)
            cases.append({"post": post, "strip": list(parts), "text": text})

target = Path(__file__).with_name("newsgroup-strip.json")
target.write_text(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}, indent=1) + "\n")
print(len(cases), "cases")
