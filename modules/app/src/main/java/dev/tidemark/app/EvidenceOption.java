package dev.tidemark.app;

import dev.tidemark.streams.evidence.EvidenceConfig;
import picocli.CommandLine.Option;

/** The flag that says how many runs are kept that nothing else speaks for. */
final class EvidenceOption {
  @Option(
      names = "--evidence-share",
      paramLabel = "SHARE",
      defaultValue = "${env:TIDEMARK_EVIDENCE_SHARE:-0.01}",
      description = {
        "Part of all runs whose spans are kept as evidence whatever they are, 0 to 1; failed,",
        "denied, slow and the like always are (env TIDEMARK_EVIDENCE_SHARE; default: 0.01)."
      })
  private double share;

  /** What evidence is told. */
  EvidenceConfig config() {
    if (!(share >= 0 && share <= 1)) {
      throw Failure.usage(
          "--evidence-share " + share + " is no part of a whole: make it 0 to 1, like 0.01");
    }
    return EvidenceConfig.DEFAULT.withShare(share);
  }
}
