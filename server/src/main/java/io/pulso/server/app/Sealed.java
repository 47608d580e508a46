package io.pulso.server.app;

import io.pulso.server.event.InputException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Bytes under a passphrase: AES-256-GCM in chunks, each of which knows its place and whether it is
/// the last, so that nothing can be changed, left out, moved or cut off.
final class Sealed {
  private static final byte[] MAGIC = "PULSOBK1".getBytes(StandardCharsets.US_ASCII);
  private static final int SALT = 16;
  private static final int PREFIX = 7;
  private static final int TAG = 16;
  private static final int CHUNK = 1 << 16;
  private static final int ROUNDS = 600_000;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final int KEY_BITS = 256;

  private Sealed() {}

  /// Whether a stream begins like sealed bytes; nothing of it is taken.
  static boolean begins(PushbackInputStream in) throws IOException {
    byte[] first = in.readNBytes(MAGIC.length);
    in.unread(first);
    return Arrays.equals(first, MAGIC);
  }

  private static SecretKeySpec key(String passphrase, byte[] salt, int rounds)
      throws GeneralSecurityException {
    PBEKeySpec spec = new PBEKeySpec(passphrase.toCharArray(), salt, rounds, KEY_BITS);
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
      return new SecretKeySpec(key, "AES");
    } finally {
      spec.clearPassword();
    }
  }

  /// The state of both ways.
  private static final class Chunks {
    private final SecretKeySpec key;
    private final byte[] prefix;
    private final byte[] header;
    private int number;

    Chunks(SecretKeySpec key, byte[] prefix, byte[] header) {
      this.key = key;
      this.prefix = prefix;
      this.header = header;
    }

    byte[] next(int mode, byte[] bytes, int length, boolean last) throws GeneralSecurityException {
      byte[] nonce =
          ByteBuffer.allocate(PREFIX + Integer.BYTES + 1)
              .put(prefix)
              .putInt(number++)
              .put((byte) (last ? 1 : 0))
              .array();
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
      cipher.updateAAD(header);
      return cipher.doFinal(bytes, 0, length);
    }
  }

  /// A stream whose bytes are sealed; closing it ends them.
  static OutputStream out(OutputStream to, String passphrase) throws IOException {
    byte[] salt = new byte[SALT];
    byte[] prefix = new byte[PREFIX];
    SecureRandom random = new SecureRandom();
    random.nextBytes(salt);
    random.nextBytes(prefix);
    byte[] header =
        ByteBuffer.allocate(MAGIC.length + Integer.BYTES + SALT + PREFIX)
            .put(MAGIC)
            .putInt(ROUNDS)
            .put(salt)
            .put(prefix)
            .array();
    try {
      to.write(header);
      return new Out(to, new Chunks(key(passphrase, salt, ROUNDS), prefix, header));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Out extends FilterOutputStream {
    private final Chunks chunks;
    private final byte[] plain = new byte[CHUNK];
    private int filled;
    private boolean ended;

    Out(OutputStream to, Chunks chunks) {
      super(to);
      this.chunks = chunks;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int done = 0;
      while (done < length) {
        if (filled == CHUNK) {
          seal(false);
        }
        int part = Math.min(CHUNK - filled, length - done);
        System.arraycopy(bytes, from + done, plain, filled, part);
        filled += part;
        done += part;
      }
    }

    private void seal(boolean last) throws IOException {
      try {
        out.write(chunks.next(Cipher.ENCRYPT_MODE, plain, filled, last));
        filled = 0;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        ended = true;
        seal(true);
        super.close();
      }
    }
  }

  /// The bytes that were sealed; what was changed or is missing is an [InputException].
  static InputStream in(PushbackInputStream from, String passphrase) throws IOException {
    int size = MAGIC.length + Integer.BYTES + SALT + PREFIX;
    byte[] header = from.readNBytes(size);
    ByteBuffer fields = ByteBuffer.wrap(header);
    if (header.length < size) {
      throw new InputException("the backup is cut short");
    }
    byte[] salt = new byte[SALT];
    byte[] prefix = new byte[PREFIX];
    fields.position(MAGIC.length);
    int rounds = fields.getInt();
    fields.get(salt).get(prefix);
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new InputException("the backup's head is damaged");
    }
    try {
      return new In(from, new Chunks(key(passphrase, salt, rounds), prefix, header));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class In extends InputStream {
    private final PushbackInputStream from;
    private final Chunks chunks;
    private byte[] plain = new byte[0];
    private int at;
    private boolean last;

    In(PushbackInputStream from, Chunks chunks) {
      this.from = from;
      this.chunks = chunks;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      while (at == plain.length) {
        if (last) {
          return -1;
        }
        open();
      }
      int part = Math.min(length, plain.length - at);
      System.arraycopy(plain, at, to, offset, part);
      at += part;
      return part;
    }

    private void open() throws IOException {
      boolean first = chunks.number == 0;
      byte[] bytes = from.readNBytes(CHUNK + TAG);
      int next = from.read();
      last = next < 0;
      if (!last) {
        from.unread(next);
      }
      try {
        plain = chunks.next(Cipher.DECRYPT_MODE, bytes, bytes.length, last);
        at = 0;
      } catch (GeneralSecurityException e) {
        throw new InputException(
            first
                ? "the passphrase is not the one of this backup, or its beginning is damaged"
                : "the backup is damaged or cut short",
            e);
      }
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }
}
