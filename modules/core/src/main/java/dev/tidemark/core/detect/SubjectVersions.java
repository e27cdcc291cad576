package dev.tidemark.core.detect;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The versions of one subject in one agent: which was when, and whose episodes are open. */
final class SubjectVersions {
  private static final int FORMAT = 1;
  private static final int KEPT = 64;

  /**
   * One version.
   *
   * @param firstMs start of its first window
   * @param lastMs end of its last window
   * @param open whether an episode of it is open
   */
  record Version(SeriesKey key, long firstMs, long lastMs, boolean open) {
    Version open(boolean now) {
      return new Version(key, firstMs, lastMs, now);
    }
  }

  /** A version whose episodes end, why, and when that was due. */
  record Overdue(Version version, CloseReason reason, long timeMs) {}

  private final List<Version> versions = new ArrayList<>();

  Optional<Version> find(SeriesKey key) {
    return versions.stream().filter(v -> v.key().equals(key)).findFirst();
  }

  /** The version that was seen last, without one; ties go to the later begun. */
  Optional<Version> mostRecentBut(SeriesKey key) {
    return versions.stream()
        .filter(v -> !v.key().equals(key))
        .max(
            Comparator.comparingLong(Version::lastMs)
                .thenComparingLong(Version::firstMs)
                .thenComparing(v -> SeriesKeys.series(v.key())));
  }

  List<Version> all() {
    return List.copyOf(versions);
  }

  /** The version that was seen last. */
  Version newest() {
    return versions.stream().max(Comparator.comparingLong(Version::lastMs)).orElseThrow();
  }

  /** The version that was first seen last; of those of one window the greater. */
  Optional<SeriesKey> lastBegun() {
    return versions.stream()
        .max(
            Comparator.comparingLong(Version::firstMs)
                .thenComparing(v -> SeriesKeys.series(v.key())))
        .map(Version::key);
  }

  /** How many versions counted something in the newest window of the subject. */
  int abreast() {
    long endMs = newest().lastMs();
    return (int) versions.stream().filter(v -> v.lastMs() == endMs).count();
  }

  /**
   * Versions with open episodes that a newer version or silence has overtaken by a time. When it
   * was due depends on windows alone, not on when somebody looked.
   */
  List<Overdue> overdue(long timeMs, DetectorSettings settings) {
    List<Overdue> due = new ArrayList<>();
    for (Version version : versions) {
      if (!version.open()) {
        continue;
      }
      long expires = version.lastMs() + settings.expireAfter().toMillis();
      long superseded = Long.MAX_VALUE;
      for (Version other : versions) {
        if (other.firstMs() > version.firstMs()) {
          long quiet = version.lastMs() + settings.supersedeAfter().toMillis();
          superseded = Math.min(superseded, Math.max(quiet, other.firstMs()));
        }
      }
      if (Math.min(expires, superseded) <= timeMs) {
        boolean newer = superseded < expires;
        CloseReason reason = newer ? CloseReason.SUPERSEDED : CloseReason.EXPIRED;
        due.add(new Overdue(version, reason, Math.min(expires, superseded)));
      }
    }
    return due;
  }

  /** Replaces what is known of a version; beyond 64 the one unseen for longest is forgotten. */
  void put(Version version) {
    versions.removeIf(v -> v.key().equals(version.key()));
    versions.add(version);
    if (versions.size() > KEPT) {
      versions.stream()
          .filter(v -> !v.open())
          .min(Comparator.comparingLong(Version::lastMs))
          .ifPresent(versions::remove);
    }
  }

  byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT).whole(versions.size());
    for (Version v : versions) {
      SeriesKeys.write(out, v.key());
      out.whole(v.firstMs()).whole(v.lastMs()).flag(v.open());
    }
    return out.toBytes();
  }

  static SubjectVersions of(byte[] bytes) {
    SubjectVersions subject = new SubjectVersions();
    if (bytes != null) {
      StateReader in = StateReader.of(bytes, FORMAT);
      for (int left = in.count(); left > 0; left--) {
        subject.versions.add(new Version(SeriesKeys.read(in), in.whole(), in.whole(), in.flag()));
      }
    }
    return subject;
  }
}
