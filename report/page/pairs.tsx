/** A name and what stands for it: an id, a model's name, a version. */
export type Pair = [name: string, value: string];

/** Names and values one below the other. */
export function Pairs({ of }: { of: Pair[] }) {
  return (
    <dl class="pairs">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <code>{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
