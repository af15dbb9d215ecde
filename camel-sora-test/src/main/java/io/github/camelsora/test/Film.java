/*
 * Copyright the Camel Sora authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an
 * "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.github.camelsora.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.codecs.h264.encode.RateControl;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.vpx.VP8Encoder;
import org.jcodec.common.Codec;
import org.jcodec.common.MuxerTrack;
import org.jcodec.common.VideoCodecMeta;
import org.jcodec.common.VideoEncoder.EncodedFrame;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.Brand;
import org.jcodec.containers.mp4.WebOptimizedMP4Muxer;

/**
 * Encodes a title card: as an MP4 of three seconds (H.264, baseline profile), and its first frame as a WebP picture (VP8). Pure
 * Java, without AWT. The bytes depend on the card alone: they have no date in them.
 */
final class Film {

    static final int FRAMES = 18;
    static final int FRAMES_PER_SECOND = 6;

    private static final int H264_QUANTIZER = 28;
    private static final int VP8_QUANTIZER = 40;
    // The boxes in front of the video data have less than that, and the rest is filled with a "free" box.
    private static final int HEADER_SIZE = 2048;
    private static final int WEBP_HEADER_SIZE = 20;
    private static final Set<String> BOXES_OF_BOXES = Set.of("moov", "trak", "mdia");
    private static final Set<String> BOXES_WITH_DATES = Set.of("mvhd", "tkhd", "mdhd");

    private Film() {
    }

    static byte[] mp4(TitleCard card) {
        H264Encoder encoder = new H264Encoder(new ConstantQuantizer());
        encoder.setKeyInterval(FRAMES);
        // Far more than it gets: the raw size of all frames.
        ByteBufferSeekableByteChannel file = ByteBufferSeekableByteChannel
                .writeToByteBuffer(ByteBuffer.allocate(TitleCard.WIDTH * TitleCard.HEIGHT * 2 * 8));
        try {
            WebOptimizedMP4Muxer muxer = new WebOptimizedMP4Muxer(file, Brand.MP4, HEADER_SIZE);
            MuxerTrack track = muxer.addVideoTrack(Codec.H264, VideoCodecMeta.createSimpleVideoCodecMeta(
                    new Size(TitleCard.WIDTH, TitleCard.HEIGHT), ColorSpace.YUV420));
            for (int number = 0; number < FRAMES; number++) {
                EncodedFrame frame = encoder.encodeFrame(picture(card, number), buffer());
                track.addFrame(Packet.createPacket(frame.getData(), number, FRAMES_PER_SECOND, 1, number,
                        frame.isKeyFrame() ? Packet.FrameType.KEY : Packet.FrameType.INTER, null));
            }
            muxer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer written = file.getContents();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        clearDates(ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** One key frame of VP8 in the simple file format of WebP. */
    static byte[] webp(TitleCard card) {
        ByteBuffer frame = VP8Encoder.createVP8Encoder(VP8_QUANTIZER).encodeFrame(picture(card, 0), buffer()).getData();
        int size = frame.remaining();
        int padded = size + size % 2;
        ByteBuffer file = ByteBuffer.allocate(WEBP_HEADER_SIZE + padded).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(WEBP_HEADER_SIZE - 8 + padded).put(ascii("WEBP"));
        file.put(ascii("VP8 ")).putInt(size).put(frame);
        return file.array();
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(TitleCard.WIDTH * TitleCard.HEIGHT * 2);
    }

    private static Picture picture(TitleCard card, int number) {
        byte[][] planes = card.frame(number, FRAMES);
        for (byte[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                // The encoders count from -128.
                plane[i] -= (byte) 128;
            }
        }
        return Picture.createPicture(TitleCard.WIDTH, TitleCard.HEIGHT, planes, ColorSpace.YUV420J);
    }

    /** The muxer writes the time of day into three boxes, and no setting prevents it. */
    private static void clearDates(ByteBuffer boxes) {
        while (boxes.remaining() >= 8) {
            int start = boxes.position();
            int size = boxes.getInt();
            byte[] name = new byte[4];
            boxes.get(name);
            String type = new String(name, StandardCharsets.US_ASCII);
            if (size < 8) {
                // The last box, the video data, has its size in another place.
                return;
            }
            if (BOXES_OF_BOXES.contains(type)) {
                clearDates(boxes.slice(start + 8, size - 8));
            } else if (BOXES_WITH_DATES.contains(type)) {
                // Version and flags, then the times of creation and of the last change, 32 bits each.
                boxes.putLong(start + 12, 0);
            }
            boxes.position(start + size);
        }
    }

    /** The same quality for every frame, whatever its size. */
    private static final class ConstantQuantizer implements RateControl {

        @Override
        public int startPicture(Size size, int maxSize, SliceType type) {
            return H264_QUANTIZER;
        }

        @Override
        public int initialQpDelta() {
            return 0;
        }

        @Override
        public int accept(int bits) {
            return 0;
        }
    }
}
