// The table at the end of a run: techniques down, browsers across, journeys passed in the cells.

/** How one journey ended; `skipped` says why it cannot work there. */
export type Outcome = 'passed' | 'failed' | { readonly skipped: string };

/** One journey of one technique in one browser. */
export interface Result {
  readonly technique: string;
  readonly browser: string;
  readonly journey: string;
  readonly outcome: Outcome;
}

/** A browser that took part, or the reason why it did not. */
export interface Column {
  readonly browser: string;
  readonly missing?: string;
}

/** `✓` all passed, `~` the rest cannot work there, `✗` some failed; the reasons stand below. */
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
  const passed = results.filter(({ outcome }) => outcome === 'passed').length;
  return `${sign(results, passed)} ${passed}/${results.length}`;
}

function sign(results: readonly Result[], passed: number): string {
  if (passed === 0 || results.some(({ outcome }) => outcome === 'failed')) return '✗';
  return passed === results.length ? '✓' : '~';
}

function reasons(columns: readonly Column[], results: readonly Result[]): string[] {
  const missing = columns.flatMap((column) => (column.missing === undefined ? [] : [column.missing]));
  return [...missing, ...results.flatMap(reason)];
}

function reason({ technique, browser, journey, outcome }: Result): string[] {
  if (outcome === 'passed') return [];
  const where = `${technique} in ${browser}: ${journey}`;
  return outcome === 'failed' ? [`✗ ${where}`] : [`~ ${where}: ${outcome.skipped}`];
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
