"""Training text: only rows whose licence allows redistribution of derived weights without share-alike terms."""
import gzip, json, random

ALLOWED = ('CC BY 4.0', 'CC BY 2.0 FR', 'CC0 / public domain', 'public domain', 'WordNet licence (permissive)',
           'MASC: free incl. commercial use')


def rows(path):
    with gzip.open(path, 'rt', encoding='utf-8') as lines:
        for line in lines:
            yield json.loads(line)


def texts(folder, seed):
    """Short, middle and long texts: glosses and sentences, paragraphs, runs of adjacent paragraphs, whole abstracts and pieces of them."""
    draw, out, run, section = random.Random(seed), [], [], None
    for row in rows(f'{folder}/general.jsonl.gz'):
        if row['licence'] not in ALLOWED or row['source'].startswith('wordnet') and draw.random() < 0.75:
            continue
        out.append(row['text'])
        here = row['id'].rsplit('/', 1)[0]
        if here != section or sum(map(len, run)) > draw.choice((600, 1200)):
            if len(run) > 1:
                out.append('\n'.join(run))
            run, section = [], here
        if row['source'].startswith(('openstax', 'masc', 'state_union', 'inaugural', 'cia')):
            run.append(row['text'])
    for row in rows(f'{folder}/arxiv.jsonl.gz'):
        text = row['text'].replace('\n', ' ')
        out.append(text)
        pieces = text.split('. ')
        at = draw.randrange(max(1, len(pieces) - 2))
        out.append('. '.join(pieces[at:at + draw.randint(1, 4)]))
    out = [t for t in out if len(t) > 15]
    draw.shuffle(out)
    return out


def pairs(folder, seed):
    """Texts that say the same or belong together: an abstract's title and its body, adjacent paragraphs of a section."""
    draw, out, before = random.Random(seed), [], None
    for row in rows(f'{folder}/arxiv.jsonl.gz'):
        title, _, body = row['text'].replace('\n', ' ').partition('. ')
        if 15 < len(title) < 250 and len(body) > 200:
            out.append((title, body))
    for row in rows(f'{folder}/general.jsonl.gz'):
        here = (row['id'].rsplit('/', 1)[0], row['text'])
        if row['licence'] in ALLOWED and row['source'].startswith(('openstax', 'masc')):
            if before and before[0] == here[0] and len(before[1]) > 100 and len(here[1]) > 100:
                out.append((before[1], here[1]))
            before = here
    draw.shuffle(out)
    return out
