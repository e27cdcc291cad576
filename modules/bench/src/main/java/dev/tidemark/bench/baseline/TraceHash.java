package dev.tidemark.bench.baseline;

/** Order of choice among traces: 64-bit FNV-1a, then the finaliser of SplitMix64. */
final class TraceHash {
  private TraceHash() {}

  static long of(String traceId) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < traceId.length(); i++) {
      h = (h ^ traceId.charAt(i)) * 0x100000001b3L;
    }
    h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }
}
