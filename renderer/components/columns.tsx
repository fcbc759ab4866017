/** Counts side by side, small: a picture with a name and the numbers behind it as titles. */
export function Columns({
  label,
  values,
  color,
}: {
  label: string;
  values: readonly { name: string; value: number }[];
  color: string;
}): React.ReactNode {
  const most = values.reduce((max, v) => Math.max(max, v.value), 0) || 1;
  return (
    <div className="columns-chart" role="img" aria-label={label}>
      {values.map(({ name, value }) => (
        <span
          key={name}
          title={`${name}: ${value}`}
          style={{ height: `${Math.max(2, (100 * value) / most)}%`, background: color }}
        />
      ))}
    </div>
  );
}
