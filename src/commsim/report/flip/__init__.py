"""What would turn a comparison round: as sentences, tables, figures and data; money in yuan."""
