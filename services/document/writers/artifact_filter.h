#ifndef STARACTION_SERVICES_DOCUMENT_WRITERS_ARTIFACT_FILTER_H_
#define STARACTION_SERVICES_DOCUMENT_WRITERS_ARTIFACT_FILTER_H_

#include <string>

#include <qpdf/QPDFObjectHandle.hh>

namespace staraction::document {

// Marks everything that a page draws outside of the structure tree (rules, shades, header, footer)
// as an artifact, so that screen readers skip it. Cairo 1.16 cannot.
class ArtifactFilter : public QPDFObjectHandle::TokenFilter {
 public:
  void handleToken(const QPDFTokenizer::Token& token) override;
  void handleEOF() override;

 private:
  std::string operands_;  // what was read since the last operator
  int depth_ = 0;         // of marked content
  bool open_ = false;     // inside an artifact
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_WRITERS_ARTIFACT_FILTER_H_
