#include "services/document/layout/pages.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace staraction::document {
namespace {

class Paginator {
 public:
  explicit Paginator(const PageGeometry& geometry) : geometry_(geometry) {
    list_.width = geometry.width;
    list_.height = geometry.height;
    list_.pages.emplace_back();
  }

  DisplayList Run(std::vector<Box> boxes) {
    for (size_t i = 0; i < boxes.size(); ++i) {
      const bool chained = i > 0 && boxes[i - 1].keep_with_next;
      const bool must = boxes[i].page_break_before && !fresh_;
      if (must || !FitsHere(boxes, i, chained)) NewPage(boxes[i]);
      Place(std::move(boxes[i]));
    }
    return std::move(list_);
  }

 private:
  double Gap(const Box& box) const { return fresh_ ? 0 : std::max(space_after_, box.space_before); }

  // Whether the box, and what must follow it, has room. What cannot be on one page anyway is not
  // kept together.
  bool FitsHere(const std::vector<Box>& boxes, size_t first, bool chained) const {
    const double room = geometry_.text_height - y_;
    const double own = Gap(boxes[first]) + boxes[first].height;
    if (fresh_) return true;
    if (own > room) return false;
    if (chained) return true;
    double height = boxes[first].height;
    for (size_t i = first; i + 1 < boxes.size() && boxes[i].keep_with_next; ++i) {
      height += std::max(boxes[i].space_after, boxes[i + 1].space_before) + boxes[i + 1].height;
    }
    return Gap(boxes[first]) + height <= room || height > geometry_.text_height;
  }

  void NewPage(const Box& next) {
    for (auto tag = open_.rbegin(); tag != open_.rend() && tag->leaf; ++tag) {
      list_.pages.back().ops.emplace_back(CloseTagOp{});
    }
    list_.pages.emplace_back();
    y_ = 0;
    fresh_ = true;
    space_after_ = 0;
    if (next.repeated) {
      Draw(*next.repeated);
      y_ = next.repeated->height;
    }
    for (const OpenTagOp& tag : open_) {
      if (tag.leaf) list_.pages.back().ops.emplace_back(tag);
    }
  }

  void Place(Box box) {
    y_ += Gap(box);
    const double height = box.height;
    space_after_ = box.space_after;
    for (const Op& op : box.ops) {
      if (const auto* tag = std::get_if<OpenTagOp>(&op)) open_.push_back(*tag);
      if (std::holds_alternative<CloseTagOp>(op)) open_.pop_back();
    }
    Draw(std::move(box));
    y_ += height;
    fresh_ = false;
  }

  void Draw(Box box) {
    Page& page = list_.pages.back();
    Move(box.ops, geometry_.left, geometry_.top + y_);
    Move(box.lines, geometry_.left, geometry_.top + y_);
    for (LineRecord& line : box.lines) {
      line.page = static_cast<int>(list_.pages.size()) - 1;
      page.lines.push_back(std::move(line));
    }
    std::move(box.ops.begin(), box.ops.end(), std::back_inserter(page.ops));
  }

  const PageGeometry& geometry_;
  DisplayList list_;
  std::vector<OpenTagOp> open_;
  double y_ = 0;
  double space_after_ = 0;
  bool fresh_ = true;  // nothing but a repeated header is on the page
};

}  // namespace

DisplayList Paginate(std::vector<Box> boxes, const PageGeometry& geometry) {
  return Paginator(geometry).Run(std::move(boxes));
}

}  // namespace staraction::document
