package dev.tidemark.embedded;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One broker per data directory, in this process and in all others; a killed owner lets go. */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "broker.lock";
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates the directory when it is missing and takes it.
   *
   * @throws EmbeddedException when another broker has it, or it cannot be written
   */
  static DirectoryLock take(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new EmbeddedException(
            Reason.DIRECTORY_IN_USE,
            "another broker is running on directory "
                + directory
                + ": stop it, or choose another directory");
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new EmbeddedException(
          Reason.DIRECTORY_UNUSABLE,
          "directory " + directory + " cannot be written: choose one that this user owns",
          e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedException(Reason.FAILED, "lock of the data directory cannot be freed", e);
    }
  }
}
