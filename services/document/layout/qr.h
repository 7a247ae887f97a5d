#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_QR_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_QR_H_

#include <cstddef>
#include <string>
#include <vector>

namespace staraction::document {

// Modules of a QR code with its free edge of four modules, row by row.
struct QrMatrix {
  size_t columns = 0;
  std::vector<bool> dark;
};

// Encodes bytes (at most 400, not empty) with error correction M. Thread safe.
QrMatrix EncodeQr(const std::string& payload);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_QR_H_
