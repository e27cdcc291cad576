package dev.tidemark.core.window;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Characters a reader cannot see or that change the order of others, by the tables of Unicode 15:
 * controls, blanks other than U+0020, Default_Ignorable_Code_Point, interlinear marks,
 * noncharacters, surrogates.
 */
final class Unseen {
  /** First and last of each stretch, ascending. */
  private static final int[] RANGES = {
    0x0000, 0x001f, 0x007f, 0x00a0, 0x00ad, 0x00ad, 0x034f, 0x034f, 0x061c, 0x061c, 0x115f, 0x1160,
    0x1680, 0x1680, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2000, 0x200f, 0x2028, 0x202f, 0x205f, 0x206f,
    0x2800, 0x2800, 0x3000, 0x3000, 0x3164, 0x3164, 0xd800, 0xdfff, 0xfdd0, 0xfdef, 0xfe00, 0xfe0f,
    0xfeff, 0xfeff, 0xffa0, 0xffa0, 0xfff0, 0xfffb, 0xfffe, 0xffff, 0x1bca0, 0x1bca3, 0x1d173,
    0x1d17a, 0xe0000, 0xe0fff
  };

  private Unseen() {}

  static boolean isUnseen(int point) {
    if (point > ' ' && point <= '~') {
      return false;
    }
    if ((point & 0xfffe) == 0xfffe) {
      return true;
    }
    int at = Arrays.binarySearch(RANGES, point);
    return at >= 0 || (-at - 1) % 2 == 1;
  }

  /** White_Space, which is not part of a name when it stands at an end. */
  static boolean isWhite(char c) {
    return c == ' '
        || (c >= 0x9 && c <= 0xd)
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** Appends backslash, u and four hex digits, or braces around more. */
  static void escape(int point, StringBuilder out) {
    if (point < 0x10000) {
      out.append("\\u").append(HexFormat.of().toHexDigits((char) point));
    } else {
      out.append("\\u{").append(Integer.toHexString(point)).append('}');
    }
  }
}
