#include "services/document/layout/qr.h"

#include <qrencode.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

#include "services/document/layout/flow.h"

namespace staraction::document {
namespace {

constexpr size_t kFreeEdge = 4;
constexpr unsigned kEciUtf8 = 26;

// Digits, capitals and a few signs take less room than bytes do.
bool IsAlphanumeric(const std::string& text) {
  static const std::string kSigns = " $%*+-./:";
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 128 && (std::isdigit(c) != 0 || std::isupper(c) != 0)) ||
           kSigns.find(static_cast<char>(c)) != std::string::npos;
  });
}

// The smallest version that holds the text; null is out of memory, as 400 bytes always fit.
std::unique_ptr<QRcode, decltype(&QRcode_free)> Encode(const std::string& payload) {
  std::unique_ptr<QRinput, decltype(&QRinput_free)> input(QRinput_new2(0, QR_ECLEVEL_M),
                                                          QRinput_free);
  // Without the mark some readers take Japanese text for Shift_JIS.
  if (std::any_of(payload.begin(), payload.end(), [](unsigned char c) { return c > 127; })) {
    QRinput_appendECIheader(input.get(), kEciUtf8);
  }
  QRinput_append(input.get(), IsAlphanumeric(payload) ? QR_MODE_AN : QR_MODE_8,
                 static_cast<int>(payload.size()),
                 reinterpret_cast<const unsigned char*>(payload.data()));
  return {QRcode_encodeInput(input.get()), QRcode_free};
}

}  // namespace

QrMatrix EncodeQr(const std::string& payload) {
  const auto code = Encode(payload);
  QrMatrix matrix;
  if (code == nullptr) return matrix;
  const auto width = static_cast<size_t>(code->width);
  matrix.columns = width + 2 * kFreeEdge;
  matrix.dark.assign(matrix.columns * matrix.columns, false);
  for (size_t i = 0; i < width * width; ++i) {
    matrix.dark[(i / width + kFreeEdge) * matrix.columns + i % width + kFreeEdge] =
        (code->data[i] & 1) != 0;
  }
  return matrix;
}

std::vector<Box> LayQr(const LayoutContext& context, const QrPart& part, double width) {
  if (part.payload.empty()) return {};
  QrMatrix matrix = EncodeQr(part.payload);
  if (matrix.columns == 0) return {};
  const double edge = std::min(part.size_mm * kPointsPerMm, width);
  double x = 0;
  if (part.alignment == v1::ALIGNMENT_CENTER) x = (width - edge) / 2;
  if (part.alignment == v1::ALIGNMENT_END) x = width - edge;
  Box box;
  box.height = edge;
  box.space_before = box.space_after = kAround * context.style.scale;
  box.ops.emplace_back(ModulesOp{x, 0, edge / static_cast<double>(matrix.columns), matrix.columns,
                                 std::move(matrix.dark)});
  if (part.caption.empty()) return {std::move(box)};
  box.ops.emplace_back(OpenTagOp{"Caption", true});
  for (LaidLine& line :
       LayText(context, part.caption, context.style.small, {x, edge, 0, v1::ALIGNMENT_CENTER})) {
    const double height = line.height;
    AddLine(box, std::move(line), box.height);
    box.height += height;
  }
  box.ops.emplace_back(CloseTagOp{});
  return {std::move(box)};
}

}  // namespace staraction::document
