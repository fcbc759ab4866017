import type { Keyword } from '../../core/stages.ts';
import { useT } from '../i18n/index.ts';
import { decimal } from '../state/format.ts';
import { Icon } from './icons.tsx';

/** Keywords with their weights as bars: a list to a screen reader. */
export function KeywordBars({
  keywords,
  color,
  pinned = [],
  onPin,
  onStop,
}: {
  keywords: readonly Keyword[];
  color: string;
  /** Those that a person put first. */
  pinned?: readonly string[];
  /** Pins a word, or takes its pin out. */
  onPin?: (keyword: string) => void;
  /** Takes a word out of all keywords; without it words are no buttons. */
  onStop?: (keyword: string) => void;
}): React.ReactNode {
  const t = useT();
  const most = keywords.reduce((max, k) => Math.max(max, k.weight), 0) || 1;
  return (
    <dl className="keywords" aria-label={t('topic.keywords')}>
      {keywords.map(({ keyword, weight }) => (
        <div key={keyword} style={{ display: 'contents' }}>
          <dt dir="auto">
            {keyword}
            {onPin && (
              <button
                type="button"
                className={`word-action ${pinned.includes(keyword) ? 'on' : ''}`}
                aria-label={t(pinned.includes(keyword) ? 'topic.unpin' : 'topic.pin', { word: keyword })}
                title={t(pinned.includes(keyword) ? 'topic.unpin' : 'topic.pin', { word: keyword })}
                onClick={() => onPin(keyword)}
              >
                <Icon name="pin" size={11} />
              </button>
            )}
            {onStop && (
              <button
                type="button"
                className="word-action"
                aria-label={t('topic.stopWord', { word: keyword })}
                title={t('topic.stopWord', { word: keyword })}
                onClick={() => onStop(keyword)}
              >
                <Icon name="close" size={10} />
              </button>
            )}
          </dt>
          <dd className="track">
            <span style={{ width: `${(100 * weight) / most}%`, background: color }} />
          </dd>
          <dd className="weight">{decimal(weight, 3)}</dd>
        </div>
      ))}
    </dl>
  );
}
