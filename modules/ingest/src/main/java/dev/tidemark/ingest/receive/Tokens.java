package dev.tidemark.ingest.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may send, by bearer token, and for which tenant. The file holds hashes only, a line per
 * token: tenant, white space, the SHA-256 of the token in hex and, where the tenant is not to send
 * any number of them, spans and log records per second; {@code #} starts a comment. It is read
 * again when it changes; a change that cannot be read is logged and the last good one counts.
 * Thread-safe.
 */
public final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?:([A-Za-z0-9._-]{1,64})\\s+([0-9a-fA-F]{64})(?:\\s+([1-9][0-9]{0,8}))?)?"
              + "\\s*(?:#.*)?");
  private static final Stamp GONE = new Stamp(null, -1, null);
  private final Path file;
  private volatile Loaded loaded;

  private record Stamp(FileTime modified, long size, Object key) {}

  private record Loaded(Stamp stamp, Map<String, Sender> senders) {}

  private Tokens(Path file, Loaded loaded) {
    this.file = file;
    this.loaded = loaded;
  }

  /**
   * Reads a file of tokens.
   *
   * @throws IllegalArgumentException when it cannot be read or holds no token, in one sentence
   */
  public static Tokens open(Path file) {
    try {
      return new Tokens(file, load(file, stamp(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the token file " + file + ": check --otlp-tokens and its permissions", e);
    }
  }

  /** Who has a token; null when nobody has it. */
  Sender sender(String token) {
    return current().get(hash(token));
  }

  private Map<String, Sender> current() {
    Loaded now = loaded;
    Stamp seen = stamp(file);
    if (!seen.equals(now.stamp())) {
      try {
        now = load(file, seen);
        LOG.info("token file {} was read again: {} tokens", file, now.senders().size());
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("token file {} changed and is not used, the last good one counts", file, e);
        now = new Loaded(seen, now.senders());
      }
      loaded = now;
    }
    return now.senders();
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return GONE;
    }
  }

  private static Loaded load(Path file, Stamp stamp) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Map<String, Sender> senders = new HashMap<>();
    Map<String, Integer> quotas = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (!line.matches()) {
        throw wrong(
            file, i, "is not a tenant and the SHA-256 of its token: write it as 'tenant hash'");
      }
      if (line.group(1) != null) {
        int perSecond = line.group(3) == null ? 0 : Integer.parseInt(line.group(3));
        Integer other = quotas.putIfAbsent(line.group(1), perSecond);
        if (other != null && other != perSecond) {
          throw wrong(file, i, "gives its tenant a second quota: write the same on all its lines");
        }
        Sender sender = new Sender(line.group(1), perSecond);
        senders.put(line.group(2).toLowerCase(Locale.ROOT), sender);
      }
    }
    if (senders.isEmpty()) {
      throw new IllegalArgumentException(
          "token file " + file + " holds no token: write a line 'tenant sha256-of-token'");
    }
    return new Loaded(stamp, Map.copyOf(senders));
  }

  private static IllegalArgumentException wrong(Path file, int line, String what) {
    return new IllegalArgumentException(file + ":" + (line + 1) + " " + what);
  }

  private static String hash(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
