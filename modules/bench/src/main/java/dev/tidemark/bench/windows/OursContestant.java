package dev.tidemark.bench.windows;

import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import dev.tidemark.wire.Topics;

/** Observe as the host runs it: exactly_once_v2, its own stores, its own properties. */
final class OursContestant extends StreamsContestant {
  OursContestant(RunSpec spec) {
    super(
        OursConfig.streams(spec, ArrivalClock.PRODUCER),
        Topics.prefixed(spec.prefix()).spans().name(),
        spec.more("threads", 1));
  }
}
