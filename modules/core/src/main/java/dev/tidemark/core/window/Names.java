package dev.tidemark.core.window;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names that clients give to tools, agents, models, policies, versions, tenants and environments,
 * made fit to be part of a series and to be shown.
 *
 * <ul>
 *   <li>White space around them goes; nothing left means {@link Series#UNKNOWN}.
 *   <li>What nobody sees or what moves other characters about is shown as backslash, u and four hex
 *       digits (braces around more): controls, line ends, every space but the ordinary one, the
 *       default-ignorable characters of Unicode 15 with bidirectional marks, overrides and
 *       isolates, noncharacters and lone surrogates. Letters that merely look alike are left alone.
 *   <li>More than {@link #MOST_BYTES} bytes of UTF-8 become a beginning of whole characters, a
 *       tilde and 16 hex digits of the whole name's SHA-256.
 *   <li>Names that we give ourselves, {@link Series#OVERFLOW} and the star, lose their first
 *       character to such an escape; so apply this to what clients say and never to our own.
 * </ul>
 *
 * <p>Normalising twice changes nothing more. {@code latest} stays as it was told: it says less than
 * a version, but mixing it with what told nothing would say less still. Depends on no table of the
 * running JDK, so every instance gives the same name. Thread-safe.
 */
public final class Names {
  /** Longest name, in bytes of UTF-8. */
  public static final int MOST_BYTES = 256;

  private static final int DIGEST_BYTES = 8;
  private static final int CUT_BYTES = MOST_BYTES - 1 - 2 * DIGEST_BYTES;
  private static final String ALL = "*";

  private Names() {}

  /** The name to use; the same instance when nothing has to change. Null counts as empty. */
  public static String normalized(String told) {
    return normalized(told, Series.UNKNOWN);
  }

  /** The same with another name for what was not told, such as a tenant's default. */
  public static String normalized(String told, String whenBlank) {
    if (told == null) {
      return whenBlank;
    }
    if (isPlain(told)) {
      return isOurs(told) ? escapedFirst(told) : told;
    }
    int from = 0;
    int to = told.length();
    while (from < to && Unseen.isWhite(told.charAt(from))) {
      from++;
    }
    while (to > from && Unseen.isWhite(told.charAt(to - 1))) {
      to--;
    }
    if (from == to) {
      return whenBlank;
    }
    String name = escaped(told, from, to);
    return isOurs(name) ? escapedFirst(name) : name;
  }

  /** Short, printable ASCII without a space at either end: what nearly every name is. */
  private static boolean isPlain(String told) {
    int length = told.length();
    if (length == 0 || length > MOST_BYTES) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = told.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return told.charAt(0) != ' ' && told.charAt(length - 1) != ' ';
  }

  private static boolean isOurs(String name) {
    return name.equals(Series.OVERFLOW) || name.equals(ALL);
  }

  private static String escapedFirst(String name) {
    var out = new StringBuilder(name.length() + 5);
    Unseen.escape(name.charAt(0), out);
    return out.append(name, 1, name.length()).toString();
  }

  private static String escaped(String told, int from, int to) {
    var out = new StringBuilder(to - from + 16);
    boolean same = from == 0 && to == told.length();
    long bytes = 0;
    int cut = 0;
    int i = from;
    while (i < to) {
      int point = told.codePointAt(i);
      int before = out.length();
      if (Unseen.isUnseen(point)) {
        Unseen.escape(point, out);
        same = false;
        bytes += out.length() - before;
      } else {
        out.appendCodePoint(point);
        bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      }
      cut = bytes <= CUT_BYTES ? out.length() : cut;
      i += Character.charCount(point);
    }
    if (bytes <= MOST_BYTES) {
      return same ? told : out.toString();
    }
    String digest = digest(out.toString());
    out.setLength(cut);
    return out.append('~').append(digest).toString();
  }

  private static String digest(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
