package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.isAlphanumeric;
import static dev.tidemark.core.redact.SecretRule.isDigit;
import static dev.tidemark.core.redact.SecretRule.isLetter;
import static dev.tidemark.core.redact.SecretRule.isUpper;

/**
 * Values behind a name that says what they are: {@code password=...}, {@code "api_key": "..."},
 * {@code export TOKEN=...}, a query parameter. Asked where the value starts; the name is read
 * backwards, a bounded way. Only the value is the secret. Values that are code, placeholders, types
 * or plain words are left alone.
 */
final class AssignmentRules {
  private static final int LONGEST_NAME = 48;
  private static final int SHORTEST_PASSWORD = 4;
  private static final int SHORTEST_KEY = 8;
  private static final int SHORTEST_OPAQUE = 16;

  private static final String[] PASSWORDS = {
    "password", "passwd", "passwort", "kennwort", "motdepasse", "pwd", "passphrase", "passcode",
  };
  private static final String[] KEYS = {
    "secret",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "accountkey",
    "signingkey",
    "encryptionkey",
    "masterkey",
    "authkey",
    "privatekeyid",
    "accesstoken",
    "authtoken",
    "refreshtoken",
    "apitoken",
    "bearertoken",
    "sessiontoken",
    "accesskeyid",
    "subscriptionkey",
    "functionskey",
    "secretaccesskey",
    "clientsecret",
  };
  private static final String[] OPAQUE = {
    "token",
    "sig",
    "authorization",
    "credential",
    "credentials",
    "cookie",
    "auth",
    "authentication",
  };

  private AssignmentRules() {}

  /** A value of whatever form behind a word for password. */
  static int password(String text, int start) {
    int name = nameEnd(text, start);
    if (name >= 0) {
      if (!ends(text, name, PASSWORDS)) {
        return -1;
      }
      int end = valueEnd(text, start);
      boolean secret = end - start >= SHORTEST_PASSWORD && !Placeholders.is(text, start, end);
      return secret ? end : -1;
    }
    return toldPassword(text, start);
  }

  /** A value that looks like a key behind a word for key, or an opaque one behind "token". */
  static int secret(String text, int start) {
    int name = nameEnd(text, start);
    if (name < 0) {
      return -1;
    }
    boolean key = ends(text, name, KEYS);
    if (!key && !ends(text, name, OPAQUE)) {
      return -1;
    }
    int end = valueEnd(text, start);
    int shortest = key ? SHORTEST_KEY : SHORTEST_OPAQUE;
    boolean secret =
        end - start >= shortest
            && isOpaque(text, start, end, key ? 5 : 8)
            && !Placeholders.is(text, start, end);
    return secret ? end : -1;
  }

  /** "the password is hunter2": only a value with a digit or a sign in it. */
  private static int toldPassword(String text, int start) {
    if (start < 8 || !text.startsWith(" is ", start - 4) || !ends(text, start - 4, PASSWORDS)) {
      return -1;
    }
    int end = valueEnd(text, start);
    boolean plain = true;
    for (int i = start; i < end; i++) {
      plain &= isLetter(text.charAt(i)) || ".,!?".indexOf(text.charAt(i)) >= 0;
    }
    return end - start >= 6 && !plain ? end : -1;
  }

  /** Where the name ends whose value starts at {@code start}, or -1 when nothing is assigned. */
  private static int nameEnd(String text, int start) {
    int i = start - 1;
    i = i >= 0 && isQuote(text.charAt(i)) ? i - 1 : i;
    i = i >= 0 && text.charAt(i) == '\\' ? i - 1 : i;
    i = spaces(text, i);
    if (i >= 0 && text.charAt(i) == '>') {
      i--;
    }
    if (i >= 2 && text.charAt(i - 2) == '%' && "3D3d3A3a".contains(text.substring(i - 1, i + 1))) {
      return i - 2;
    }
    if (i < 0 || (text.charAt(i) != '=' && text.charAt(i) != ':')) {
      return -1;
    }
    i = i > 0 && text.charAt(i) == '=' && text.charAt(i - 1) == ':' ? i - 2 : i - 1;
    i = spaces(text, i);
    i = i >= 0 && (isQuote(text.charAt(i)) || text.charAt(i) == ']') ? i - 1 : i;
    i = i >= 0 && (isQuote(text.charAt(i)) || text.charAt(i) == '\\') ? i - 1 : i;
    return i + 1;
  }

  private static int spaces(String text, int i) {
    int at = i;
    while (at >= 0 && i - at < 4 && text.charAt(at) == ' ') {
      at--;
    }
    return at;
  }

  /** Whether the name that ends at {@code end} ends with one of the words, signs left out. */
  private static boolean ends(String text, int end, String[] words) {
    for (String word : words) {
      if (ends(text, end, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean ends(String text, int end, String word) {
    int at = end - 1;
    int w = word.length() - 1;
    while (w >= 0 && at >= 0 && end - at < LONGEST_NAME) {
      char c = text.charAt(at);
      if (lower(c) == word.charAt(w)) {
        w--;
      } else if (w == word.length() - 1 || (c != '_' && c != '-' && c != ' ' && c != '.')) {
        return false;
      }
      at--;
    }
    return w < 0 && startsWord(text, at, word);
  }

  /** Short words are words only where one begins: db_pwd, dbPwd, not "config". */
  private static boolean startsWord(String text, int at, String word) {
    return word.length() > 4
        || at < 0
        || !isLetter(text.charAt(at))
        || (isUpper(text.charAt(at + 1)) && !isUpper(text.charAt(at)));
  }

  /** End of the value: the closing quote, or what no unquoted value holds. */
  private static int valueEnd(String text, int start) {
    char before = text.charAt(start - 1);
    int end = start;
    if (isQuote(before)) {
      while (end < text.length() && text.charAt(end) != before && text.charAt(end) != '\n') {
        boolean escapedQuote = text.charAt(end) == '\\' && text.startsWith("\"", end + 1);
        if (escapedQuote && start > 1 && text.charAt(start - 2) == '\\') {
          return end;
        }
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      return Math.min(end, text.length());
    }
    while (end < text.length() && " \t\n\r,;&\"'`<>)}\\|".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Letters and digits mixed, with so many different characters. */
  private static boolean isOpaque(String text, int start, int end, int different) {
    long low = 0;
    long high = 0;
    boolean digit = false;
    boolean letter = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == ' ') {
        return false;
      }
      digit |= isDigit(c);
      letter |= isLetter(c);
      if (c < 64) {
        low |= 1L << c;
      } else if (c < 128) {
        high |= 1L << (c - 64);
      }
    }
    return digit && letter && Long.bitCount(low) + Long.bitCount(high) >= different;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static char lower(char c) {
    return isAlphanumeric(c) ? (char) (isUpper(c) ? c + 32 : c) : c;
  }
}
