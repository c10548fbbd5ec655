// A report of what is on the way.

import { probe, type ProbeReport, type ProbeVerdict } from 'encke/probe';

export async function report(): Promise<readonly string[]> {
  const { text, advice, verdict }: ProbeReport = await probe('/events', {
    duration: 5_000,
    print: (line) => line,
  });
  const word: ProbeVerdict = verdict;
  return [text, word, ...advice];
}
