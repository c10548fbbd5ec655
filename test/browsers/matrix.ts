// The table at the end of a run: techniques down, browsers across, journeys passed in the cells.

/** One journey of one technique in one browser. */
export interface Result {
  readonly technique: string;
  readonly browser: string;
  readonly journey: string;
  readonly passed: boolean;
}

/** A browser that took part, or the reason why it did not. */
export interface Column {
  readonly browser: string;
  readonly missing?: string;
}

export function renderMatrix(columns: readonly Column[], results: readonly Result[]): string {
  const techniques = [...new Set(results.map(({ technique }) => technique))];
  const head = ['technique', ...columns.map(({ browser }) => browser)];
  const rows = techniques.map((technique) => [
    technique,
    ...columns.map((column) => cell(column, resultsOf(technique, column.browser, results))),
  ]);
  return [table([head, ...rows]), ...reasons(columns, results)].join('\n');
}

function resultsOf(technique: string, browser: string, results: readonly Result[]): Result[] {
  return results.filter((result) => result.technique === technique && result.browser === browser);
}

function cell({ missing }: Column, results: readonly Result[]): string {
  if (missing !== undefined) return 'missing';
  const passed = results.filter((result) => result.passed).length;
  const isWhole = passed === results.length && passed > 0;
  return `${isWhole ? '✓' : '✗'} ${String(passed)}/${String(results.length)}`;
}

function reasons(columns: readonly Column[], results: readonly Result[]): string[] {
  const missing = columns.flatMap((column) => (column.missing === undefined ? [] : [column.missing]));
  const failed = results.filter(({ passed }) => !passed);
  return [...missing, ...failed.map((it) => `✗ ${it.technique} in ${it.browser}: ${it.journey}`)];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
