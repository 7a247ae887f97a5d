#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVER_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVER_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/status/errors.h"
#include "services/document/model/references.h"
#include "services/document/model/resolve.h"

namespace staraction::document {

// Control characters but the line feed have no look; CR LF is one line break.
std::string Clean(const std::string& text);

// The work of Resolve: blocks become parts, faults become violations. (Running text: resolve.cc;
// forms, tables and what nests: resolve_forms.cc; charts: resolve_charts.cc.)
class Resolver {
 public:
  using Inlines = google::protobuf::RepeatedPtrField<v1::Inline>;
  using Blocks = google::protobuf::RepeatedPtrField<v1::Block>;

  Resolver(const FieldValues& values, const References& references,
           std::vector<Violation>& violations)
      : values_(values), references_(references), violations_(violations) {}

  Runs Text(const Inlines& inlines, const std::string& path);
  std::vector<Part> Parts(const Blocks& blocks, const std::string& path);

  std::vector<v1::Field> unresolved;

 private:
  void Block(const v1::Block& block, const std::string& path);
  void FormBlock(const v1::Block& block, const std::string& path);
  void ChartBlock(const v1::Block& block, const std::string& path);
  void List(const v1::List& list, int level, const std::string& path);
  void Article(const v1::Article& article, const std::string& path);
  void Items(const google::protobuf::RepeatedPtrField<v1::ClauseItem>& items, int level,
             const std::string& path);
  void Table(const v1::Table& table, const std::string& path);
  void Form(const v1::KeyValue& form, const std::string& path);
  void Signature(const v1::SignatureBox& box, const std::string& path);
  QrPart Qr(const v1::QrCode& code, const std::string& path);
  void Seals(const v1::SealBoxes& boxes);
  // Caption, series and rows of a bar or radar chart.
  template <typename Chart>
  ChartPart ChartOf(const Chart& chart, const std::string& path);
  void Radar(const v1::RadarChart& chart, const std::string& path);
  void Heat(const v1::HeatMap& map, const std::string& path);
  int HeatLevel(const v1::Field& field, const std::string& path);
  ChartPart::Bar Bar(const v1::Field& field, const std::string& unit, const std::string& path);
  void NestColumns(const v1::Columns& columns, const std::string& path);
  void NestSlips(const v1::Slips& slips, const std::string& path);
  std::vector<Part> Nested(const Blocks& blocks, const std::string& path);
  void Fill(const v1::Field& field, Run& run);
  void Refer(const std::string& id, const std::string& path, Run& run);
  void LinkTo(const v1::Link& link, const std::string& path, Run& run);
  void Violate(const std::string& path, const std::string& en, const std::string& ja) {
    violations_.push_back({path, en, ja});
  }

  const FieldValues& values_;
  const References& references_;
  std::vector<Violation>& violations_;
  std::vector<Part> parts_;
  std::set<std::string> listed_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVER_H_
