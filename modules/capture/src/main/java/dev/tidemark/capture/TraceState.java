package dev.tidemark.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What tracing systems wrote beside a context (W3C Trace Context, header {@code tracestate}):
 * handed on as it came, never read for anything else.
 */
final class TraceState {
  static final String HEADER = "tracestate";

  private static final int MEMBERS = 32;
  private static final int LENGTH = 512;
  private static final int LARGE_MEMBER = 128;
  private static final Pattern KEY =
      Pattern.compile("[a-z0-9][_0-9a-z*/-]{0,240}(?:@[a-z][_0-9a-z*/-]{0,13})?");
  private static final Pattern VALUE =
      Pattern.compile(
          "[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e]");

  private TraceState() {}

  /**
   * The members of a header in its order, without blanks around them; empty for one that breaks the
   * standard, as that asks: the context stays. What is longer than 512 characters loses its large
   * members first, then its last ones.
   */
  static String clean(String header) {
    List<String> members = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (String part : header.split(",", -1)) {
      String member = part.strip();
      if (member.isEmpty()) {
        continue;
      }
      int equal = member.indexOf('=');
      boolean valid =
          equal > 0
              && KEY.matcher(member.substring(0, equal)).matches()
              && VALUE.matcher(member.substring(equal + 1)).matches()
              && keys.add(member.substring(0, equal));
      if (!valid || members.size() == MEMBERS) {
        return "";
      }
      members.add(member);
    }
    return fitting(members);
  }

  private static String fitting(List<String> members) {
    for (int i = members.size() - 1; i >= 0 && length(members) > LENGTH; i--) {
      if (members.get(i).length() > LARGE_MEMBER) {
        members.remove(i);
      }
    }
    while (length(members) > LENGTH) {
      members.remove(members.size() - 1);
    }
    return String.join(",", members);
  }

  private static int length(List<String> members) {
    return members.stream().mapToInt(String::length).sum() + members.size() - 1;
  }

  /** The state of a message; several headers are one list. */
  static String extract(Headers headers) {
    List<String> lines = new ArrayList<>();
    for (Header header : headers.headers(HEADER)) {
      if (header.value() != null) {
        lines.add(new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return clean(String.join(",", lines));
  }

  /** Puts the state into a message, in place of one it has. */
  static void inject(String state, Headers headers) {
    headers.remove(HEADER);
    if (!state.isEmpty()) {
      headers.add(HEADER, state.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
